SELECT id FROM books WHERE id = :b
