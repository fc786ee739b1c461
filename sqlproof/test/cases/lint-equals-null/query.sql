SELECT id FROM books WHERE author_id = NULL
