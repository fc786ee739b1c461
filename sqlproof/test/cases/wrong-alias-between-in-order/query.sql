SELECT a.id, (SELECT b.author_id AS born FROM books b ORDER BY EXISTS (SELECT 1 FROM books z WHERE born IS NULL), b.id LIMIT 1) AS v FROM authors a
