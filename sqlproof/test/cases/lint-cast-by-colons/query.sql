SELECT id::text FROM books
