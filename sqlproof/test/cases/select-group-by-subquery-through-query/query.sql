WITH q AS (SELECT (SELECT 3 FROM places p WHERE p.id = b.id) AS v FROM books b) SELECT v, COUNT(*) AS n FROM q GROUP BY v
