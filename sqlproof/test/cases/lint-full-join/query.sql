SELECT b.id, a.name FROM books b FULL JOIN authors a ON a.id = b.author_id
