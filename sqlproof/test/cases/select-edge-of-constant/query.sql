SELECT b.author_id, MIN(x.kind) AS kind FROM books b LEFT JOIN (SELECT id, 7 AS kind FROM authors) AS x ON x.id = :id GROUP BY b.author_id
