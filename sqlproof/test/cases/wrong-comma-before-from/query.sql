SELECT id, FROM books
