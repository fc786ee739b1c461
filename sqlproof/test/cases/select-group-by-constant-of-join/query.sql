SELECT s.kind, COUNT(*) AS n FROM books b LEFT JOIN (SELECT id, 'person' AS kind FROM authors) AS s ON s.id = b.author_id GROUP BY s.kind
