SELECT AVG(price) AS mean FROM books
