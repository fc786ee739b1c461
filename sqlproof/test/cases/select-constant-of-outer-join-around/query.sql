SELECT a.id, (SELECT s.label FROM books WHERE id = a.id) AS label FROM authors a LEFT JOIN (SELECT id, 'x' AS label FROM books) s ON s.id = a.id AND :with::boolean
