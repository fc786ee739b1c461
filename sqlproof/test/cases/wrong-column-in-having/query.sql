SELECT author_id, COUNT(*) AS n FROM books GROUP BY author_id HAVING lent = 1
