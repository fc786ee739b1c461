SELECT id FROM books WHERE ABS(price) > 5
