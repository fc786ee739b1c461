SELECT id FROM books WHERE price > 10
