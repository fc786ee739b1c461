SELECT (SELECT price FROM books) AS price FROM authors
