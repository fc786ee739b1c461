DELETE FROM books WHERE author_id IN (SELECT id FROM authors WHERE born IS NULL)
