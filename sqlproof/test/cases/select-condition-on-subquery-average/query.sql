SELECT s.id FROM (SELECT id, (SELECT AVG(id) FROM authors) AS r FROM books) AS s WHERE s.r IN (1.5000, 30.5000)
