SELECT id FROM books WHERE author_id NOT IN (SELECT a.id FROM books AS b LEFT JOIN authors AS a ON a.id = b.author_id AND a.born < :born)
