SELECT id FROM books WHERE added_at > :since - INTERVAL 1 DAY AND added_at > :since
