SELECT id FROM books WHERE id = %s
