SELECT id | 4 AS b FROM books
