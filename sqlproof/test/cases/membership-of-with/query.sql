WITH d AS (SELECT DISTINCT author_id FROM books WHERE author_id IS NOT NULL) SELECT d.author_id FROM d WHERE d.author_id IN (SELECT a.id FROM authors a WHERE a.id <= d.author_id) ORDER BY d.author_id
