SELECT COALESCE(x.kind, MAX(b.isbn)) AS kind FROM books b LEFT JOIN (SELECT id, 'person' AS kind FROM authors) AS x ON x.id = b.author_id GROUP BY x.kind
