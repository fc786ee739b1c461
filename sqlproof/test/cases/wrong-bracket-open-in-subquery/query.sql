SELECT id FROM books WHERE author_id IN (SELECT MAX(id FROM authors)
