SELECT AVG(weight) AS mean FROM books
