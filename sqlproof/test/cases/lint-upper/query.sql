SELECT UPPER(isbn) AS u FROM books
