SELECT id FROM books WHERE id = :a
