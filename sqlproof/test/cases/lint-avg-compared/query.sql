SELECT id FROM books WHERE price > (SELECT AVG(price) FROM books)
