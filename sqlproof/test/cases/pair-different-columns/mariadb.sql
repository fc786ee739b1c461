SELECT id FROM books
