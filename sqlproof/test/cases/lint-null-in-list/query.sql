SELECT id FROM books WHERE author_id NOT IN (1, NULL)
