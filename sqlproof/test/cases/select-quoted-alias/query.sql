SELECT b.id AS "book id" FROM books b
