SELECT o.id, (SELECT COUNT(*) FROM books b LEFT JOIN (SELECT id, NULLIF(id, 2) AS other FROM authors WHERE id = :author) a ON b.author_id = 2 WHERE a.other = o.id) AS n FROM authors o
