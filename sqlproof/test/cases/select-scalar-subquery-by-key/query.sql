SELECT (SELECT b.title FROM books b WHERE b.isbn = a.name) AS title FROM authors a
