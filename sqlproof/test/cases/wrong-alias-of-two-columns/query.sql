SELECT b.id AS id, a.id AS author FROM books b JOIN authors a ON a.id = b.author_id ORDER BY id, author
