SELECT id FROM books WHERE price = id
