SELECT id, SUM(price) OVER (PARTITION BY author_id) AS total FROM books
