SELECT id FROM books WHERE (author_id IN (SELECT b.author_id FROM books b)) IS NULL
