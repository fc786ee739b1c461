SELECT q.id, EXISTS (SELECT 1 FROM authors a WHERE a.id = q.ten) AS is_known FROM (SELECT b.id, s.ten FROM books b LEFT JOIN (SELECT id, 10 AS ten FROM places) AS s ON s.id = b.id) AS q
