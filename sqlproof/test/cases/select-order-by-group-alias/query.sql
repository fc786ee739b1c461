SELECT price * 2 AS twice, COUNT(*) AS n FROM books GROUP BY twice ORDER BY n, twice LIMIT 2
