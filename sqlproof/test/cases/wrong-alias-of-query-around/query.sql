SELECT price AS x, COUNT(*) AS n FROM books GROUP BY price HAVING EXISTS (SELECT 1 FROM authors a WHERE a.id = x)
