WITH q AS (SELECT id FROM books), books AS (SELECT id FROM authors) SELECT id FROM q
