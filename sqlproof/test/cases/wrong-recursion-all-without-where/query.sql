WITH RECURSIVE near AS (SELECT id, beside_id FROM places WHERE id = :id UNION ALL SELECT p.id, p.beside_id FROM places AS p JOIN near AS n ON p.id = n.beside_id) SELECT id FROM near
