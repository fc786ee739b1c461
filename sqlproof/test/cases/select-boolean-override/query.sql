SELECT id, EXISTS (SELECT 1 FROM authors a WHERE a.id = b.author_id) AS "known: boolean", (price > 0) AS "priced!: boolean" FROM books b
