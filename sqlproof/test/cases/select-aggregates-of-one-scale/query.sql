SELECT author_id, SUM(price) - MAX(price) AS rest FROM books GROUP BY author_id HAVING SUM(price) > 0 ORDER BY author_id
