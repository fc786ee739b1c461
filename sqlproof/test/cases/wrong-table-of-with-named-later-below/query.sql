WITH q AS (SELECT id FROM authors a WHERE EXISTS (SELECT 1 FROM books b WHERE b.id = a.id)), books AS (SELECT id FROM authors) SELECT id FROM q
