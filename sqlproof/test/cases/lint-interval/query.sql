SELECT id FROM books WHERE added_at > NOW() - INTERVAL 7 DAY
