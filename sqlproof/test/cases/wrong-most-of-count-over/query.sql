SELECT author_id, MAX(COUNT(*) + 1) OVER () AS n FROM books GROUP BY author_id
