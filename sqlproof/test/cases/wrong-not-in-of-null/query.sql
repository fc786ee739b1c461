SELECT id FROM books WHERE author_id NOT IN (SELECT id FROM authors WHERE born > :born)
