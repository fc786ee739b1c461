SELECT b.id, (SELECT o.isbn FROM books o WHERE b.author_id IS NULL OR o.author_id = b.author_id ORDER BY o.lent, o.author_id, o.id LIMIT 1) AS first_isbn FROM books b WHERE b.id = :id
