SELECT a.id FROM authors a WHERE EXISTS (SELECT q.id FROM books b LEFT JOIN (SELECT id FROM places) q ON q.id = :place WHERE b.author_id = a.id)
