SELECT id, COUNT(*) OVER () AS n, SUM(price) OVER (ORDER BY id) AS p, SUM(price) OVER (PARTITION BY author_id) AS q FROM books
