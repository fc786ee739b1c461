SELECT id FROM books WHERE reads_total NOT IN (SELECT author_id FROM books)
