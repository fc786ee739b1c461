SELECT q.author_id, q.author_id + COUNT(*) AS shown FROM (SELECT author_id FROM books) q WHERE q.author_id IN (SELECT id FROM authors WHERE born IS NULL) GROUP BY q.author_id
