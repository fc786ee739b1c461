SELECT id FROM books WHERE LOWER(isbn) = :isbn
