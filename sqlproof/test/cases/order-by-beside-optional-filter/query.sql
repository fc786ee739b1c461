SELECT b.id, a.name FROM books b JOIN authors a ON a.id = b.author_id WHERE (:isbn IS NULL OR b.isbn = :isbn) AND b.added_at BETWEEN :from AND :to ORDER BY a.name, b.id
