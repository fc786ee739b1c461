SELECT a.id, b.isbn FROM authors AS a LEFT JOIN books AS b ON b.id = (SELECT MAX(c.id) FROM books AS c WHERE c.author_id = a.id)
