SELECT * FROM books b JOIN authors a ON a.id = b.author_id WHERE a.name <> :name ORDER BY id_2, b.id LIMIT 3
