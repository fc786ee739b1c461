SELECT id FROM books WHERE id = :x OR isbn = :x
