SELECT o.id, (SELECT COUNT(*) FROM books b LEFT JOIN authors a ON a.id = b.author_id WHERE COALESCE(a.id, 0) = o.id) AS n FROM authors o
