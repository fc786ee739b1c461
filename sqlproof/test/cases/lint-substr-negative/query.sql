SELECT id, SUBSTR(isbn, -2) AS ending FROM books
