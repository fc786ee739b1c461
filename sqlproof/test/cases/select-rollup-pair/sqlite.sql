SELECT author_id, COUNT(*) AS n FROM books GROUP BY author_id UNION ALL SELECT NULL, COUNT(*) FROM books
