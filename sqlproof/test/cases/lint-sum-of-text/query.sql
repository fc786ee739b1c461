SELECT SUM(isbn) AS s FROM books
