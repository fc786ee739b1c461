SELECT SUBSTR(isbn, 0, 3) AS s FROM books
