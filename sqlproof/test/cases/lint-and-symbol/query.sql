SELECT id FROM books WHERE id > 1 && id < 5
