SELECT b.author_id, q.name FROM books b LEFT JOIN (SELECT id, name FROM authors WHERE id = :author) AS q ON q.id <> b.id ORDER BY b.author_id, q.name, b.id
