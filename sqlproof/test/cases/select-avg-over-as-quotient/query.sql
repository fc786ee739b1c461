SELECT id, ROUND(SUM(price) OVER (PARTITION BY author_id) / COUNT(price) OVER (PARTITION BY author_id), 2) AS mean FROM books
