SELECT id FROM books WHERE id IN (SELECT b.id FROM books AS b LEFT JOIN authors AS a ON a.id = b.author_id WHERE a.id IS NULL)
