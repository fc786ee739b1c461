SELECT o.id, (SELECT COUNT(*) FROM books b LEFT JOIN authors a ON a.id = :author::integer WHERE a.id = o.id AND b.author_id = 2) AS n FROM authors o
