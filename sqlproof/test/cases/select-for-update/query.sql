SELECT price FROM books WHERE id = :id FOR UPDATE
