SELECT q.id, ROW_NUMBER() OVER (ORDER BY q.id) AS place FROM (SELECT id, COALESCE(author_id, 0) AS author FROM books) q WHERE EXISTS (SELECT 1 FROM authors a WHERE a.id = q.id)
