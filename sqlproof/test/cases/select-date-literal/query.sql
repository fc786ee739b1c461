SELECT id FROM books WHERE added_at > '2024-01-15 00:00:00'
