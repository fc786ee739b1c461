SELECT s.mean * 2 AS twice, COALESCE((SELECT AVG(price) FROM books), 0) AS once FROM (SELECT AVG(price) AS mean FROM books) s
