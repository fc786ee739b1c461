SELECT b.id, a.name FROM books b JOIN authors a ON a.id = b.author_id WHERE a.born > :born AND b.price <= :most
