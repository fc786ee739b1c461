SELECT A.id FROM authors AS A WHERE EXISTS (SELECT 1 FROM books AS a WHERE a.author_id = A.id)
