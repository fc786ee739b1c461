WITH v AS (SELECT b.id FROM books b LEFT JOIN authors a ON a.id = b.author_id) SELECT p.id FROM places p WHERE p.shelf_id IN (SELECT v.id FROM v)
