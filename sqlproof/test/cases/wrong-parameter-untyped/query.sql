SELECT id FROM books WHERE price * :more > 0
