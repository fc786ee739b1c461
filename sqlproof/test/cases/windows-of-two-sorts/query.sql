SELECT id, COUNT(*) OVER () AS n, SUM(price) OVER (PARTITION BY author_id) AS p, SUM(price) OVER (PARTITION BY author_id ORDER BY id) AS q FROM books
