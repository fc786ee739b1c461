SELECT d.author_id FROM (SELECT DISTINCT author_id FROM books WHERE author_id IS NOT NULL) AS d WHERE 5 IN (SELECT a.id FROM authors a WHERE a.id <> d.author_id) ORDER BY d.author_id
