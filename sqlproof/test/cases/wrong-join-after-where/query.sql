SELECT b.id FROM books AS b WHERE b.id = 1 JOIN authors AS a ON a.id = b.author_id
