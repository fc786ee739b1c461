WITH books AS (SELECT id FROM books WHERE lent) SELECT id FROM books ORDER BY id
