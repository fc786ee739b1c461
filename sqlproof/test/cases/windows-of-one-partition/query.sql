SELECT id, COUNT(*) OVER (PARTITION BY author_id) AS n, SUM(price) OVER (PARTITION BY author_id ORDER BY isbn) AS p, SUM(price) OVER (PARTITION BY author_id ORDER BY id) AS q FROM books
