INSERT INTO places (shelf_id, beside_id) SELECT p.shelf_id, p.id FROM places AS p WHERE p.shelf_id = :shelf
