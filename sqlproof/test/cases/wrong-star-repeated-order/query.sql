SELECT * FROM books b JOIN authors a ON a.id = b.author_id ORDER BY nickname_2, id
