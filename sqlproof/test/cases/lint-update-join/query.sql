UPDATE books b JOIN authors a ON a.id = b.author_id SET b.isbn = a.name
