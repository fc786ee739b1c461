SELECT id FROM books WHERE author_id IN (SELECT (SELECT MAX(b.id) FROM authors AS b WHERE b.id <= a.id) FROM authors AS a)
