SELECT MAX(title) AS last FROM books
