SELECT COUNT(*) AS n FROM (SELECT d.author_id FROM (SELECT DISTINCT author_id FROM books WHERE author_id IS NOT NULL) AS d WHERE EXISTS (SELECT 1 FROM authors a WHERE a.id = d.author_id)) AS q
