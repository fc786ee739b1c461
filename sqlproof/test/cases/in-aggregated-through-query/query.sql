SELECT COUNT(*) AS n FROM books WHERE id IN (SELECT v FROM (SELECT MAX(id) AS v FROM books GROUP BY author_id) AS q)
