SELECT MAX(author_id) AS author_id FROM books WHERE author_id < :below
