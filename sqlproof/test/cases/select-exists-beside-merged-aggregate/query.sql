SELECT q.author_id, q.author_id + COUNT(*) AS shown FROM (SELECT author_id FROM books) q WHERE EXISTS (SELECT 1 FROM authors a WHERE a.id = q.author_id) GROUP BY q.author_id
