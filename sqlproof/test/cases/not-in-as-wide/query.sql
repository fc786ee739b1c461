SELECT id FROM books WHERE id NOT IN (SELECT author_id FROM books WHERE author_id IS NOT NULL)
