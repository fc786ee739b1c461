SELECT id, (author_id IN (SELECT id FROM authors WHERE born > :born)) AS young FROM books
