SELECT CONCAT(isbn, 'x') AS c FROM books
