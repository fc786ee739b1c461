SELECT SUBSTR(price, 1, 2) AS s FROM books
