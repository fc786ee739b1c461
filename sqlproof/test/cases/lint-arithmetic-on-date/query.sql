SELECT added_at + 1 AS next FROM books
