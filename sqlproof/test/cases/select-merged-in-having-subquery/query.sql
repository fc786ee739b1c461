SELECT q.author_id, COUNT(*) AS n FROM (SELECT id, author_id FROM books) q GROUP BY q.author_id HAVING EXISTS (SELECT 1 FROM authors a WHERE a.id = q.author_id)
