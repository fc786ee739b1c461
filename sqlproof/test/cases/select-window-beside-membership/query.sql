SELECT q.id, SUM(q.author_id) OVER (ORDER BY q.id) AS shown FROM (SELECT id, author_id FROM books) q WHERE q.author_id IN (SELECT id FROM authors WHERE born IS NULL)
