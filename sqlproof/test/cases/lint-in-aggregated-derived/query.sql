SELECT COUNT(*) AS n FROM (SELECT id FROM books WHERE id IN (SELECT MAX(id) FROM books GROUP BY author_id)) AS latest
