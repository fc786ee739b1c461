SELECT price FROM books UNION ALL SELECT deposit FROM books
