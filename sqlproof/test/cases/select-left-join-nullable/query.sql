SELECT b.id, a.id AS author, a.name FROM books b LEFT JOIN authors a ON a.id = b.author_id WHERE b.isbn = :isbn
