SELECT b.id FROM books b JOIN authors a ON a.born = b.added_at
