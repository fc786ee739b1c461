SELECT id FROM books WHERE BINARY isbn = :isbn
