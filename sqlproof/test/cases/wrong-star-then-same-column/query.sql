SELECT a.*, b.id FROM books b JOIN authors a ON a.id = b.author_id
