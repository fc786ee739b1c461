SELECT id FROM books WHERE author_id IN (SELECT id FROM authors WHERE born > :born) AND id NOT IN (SELECT author_id FROM books WHERE author_id IS NOT NULL)
