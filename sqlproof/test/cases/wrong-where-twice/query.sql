SELECT id FROM books WHERE id > 1 WHERE id < 5
