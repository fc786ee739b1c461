SELECT id FROM books WHERE (id = 1 OR id = 2
