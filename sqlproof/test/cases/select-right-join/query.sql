SELECT b.id, a.id AS author FROM books b RIGHT JOIN authors a ON a.id = b.author_id
