SELECT author_id, lent, COUNT(*) AS n FROM books GROUP BY author_id
