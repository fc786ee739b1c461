SELECT id FROM books WHERE author_id NOT IN (SELECT 1 FROM authors)
