INSERT INTO authors (name) SELECT isbn FROM books RETURNING id, id + 1 AS next
