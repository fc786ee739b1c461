SELECT COUNT(*) AS n, SUM(price) AS total, MIN(added_at) AS first FROM books
