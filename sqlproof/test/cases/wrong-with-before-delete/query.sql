WITH old AS (SELECT id FROM books) DELETE FROM books WHERE id IN (SELECT id FROM old)
