SELECT o.id, (SELECT COUNT(*) FROM books b LEFT JOIN authors a ON a.id = :author::integer AND b.author_id = 2 WHERE COALESCE(a.id, 0) = o.id) AS n FROM authors o
