WITH RECURSIVE near AS (SELECT id, 0 AS depth FROM places WHERE id = :id UNION SELECT p.id, n.depth + 1 FROM places AS p JOIN near AS n ON p.beside_id = n.id) SELECT id FROM near
