SELECT a.id, q.isbn FROM authors a LEFT JOIN (SELECT id, author_id, isbn FROM books ORDER BY id LIMIT :n) q ON q.author_id = a.id ORDER BY a.born, q.isbn, a.id
