INSERT INTO places (shelf_id, beside_id) SELECT p.shelf_id, p.id FROM (SELECT p.shelf_id, p.id + 1 AS id FROM places AS p) AS p
