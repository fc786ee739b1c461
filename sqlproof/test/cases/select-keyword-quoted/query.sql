SELECT id AS "lines" FROM books
