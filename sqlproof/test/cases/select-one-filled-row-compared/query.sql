SELECT o.id, (SELECT COUNT(*) FROM books b LEFT JOIN authors a ON a.id = :author::integer AND b.author_id = 2 WHERE a.id = o.id) AS n FROM authors o
