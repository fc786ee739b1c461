SELECT SUBSTR(isbn, FLOOR(price)) AS rest FROM books
