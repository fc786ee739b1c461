SELECT id, AVG(price) OVER (PARTITION BY author_id) AS mean FROM books
