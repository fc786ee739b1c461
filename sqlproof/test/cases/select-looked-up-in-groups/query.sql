SELECT q.author_id, COUNT(*) AS n, MAX(q.author_id) + 1 AS next FROM (SELECT author_id FROM books) q WHERE q.author_id IN (SELECT id FROM authors WHERE born IS NULL) GROUP BY q.author_id
