SELECT id FROM books WHERE added_at > datetime(:since, '-1 day') AND added_at > :since
