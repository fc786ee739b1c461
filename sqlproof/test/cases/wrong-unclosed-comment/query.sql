SELECT id /* the key FROM books
