SELECT SUBSTR(isbn) AS s FROM books
