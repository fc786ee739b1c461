SELECT id, (id > 1) + 0 AS p, lent * id AS q FROM books ORDER BY id
