SELECT NULLIF(title, 'x') AS t FROM books
