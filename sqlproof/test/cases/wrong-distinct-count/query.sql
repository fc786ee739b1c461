SELECT DISTINCT COUNT(*) AS n, COUNT(*) + COALESCE(author_id, 0) AS m FROM books GROUP BY author_id
