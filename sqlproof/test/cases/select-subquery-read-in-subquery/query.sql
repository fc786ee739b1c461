WITH q AS (SELECT (SELECT p.shelf_id FROM places p WHERE p.id = b.id) AS shelf FROM books b) SELECT (SELECT s.code FROM shelves s WHERE s.id = q.shelf) AS code FROM q WHERE q.shelf > 2
