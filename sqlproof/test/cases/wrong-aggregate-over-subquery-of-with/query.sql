WITH q AS (SELECT author_id AS id, COUNT(*) AS n FROM books GROUP BY author_id) SELECT MAX((SELECT SUM(q.n) FROM q WHERE q.id <> a.id)) AS most FROM authors a
