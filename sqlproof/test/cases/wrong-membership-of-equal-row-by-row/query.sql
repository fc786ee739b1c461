SELECT id FROM books WHERE author_id = (SELECT MAX(a.id) FROM authors a WHERE a.born > :born) AND author_id IN (SELECT p.id FROM places p WHERE :shelf::integer? IS NULL OR p.shelf_id = :shelf)
