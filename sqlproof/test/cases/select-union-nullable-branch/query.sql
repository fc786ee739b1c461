SELECT id, author_id FROM books UNION ALL SELECT id, id FROM authors
