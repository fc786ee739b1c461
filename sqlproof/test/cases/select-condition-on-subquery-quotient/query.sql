SELECT s.id FROM (SELECT books.id, (SELECT MAX(a.id) / 30000 FROM authors a WHERE a.id = books.author_id) AS r FROM books) AS s WHERE s.r IN (0.0001, 0.0002)
