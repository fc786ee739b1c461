INSERT INTO places (shelf_id) SELECT q.shelf_id FROM places AS p JOIN places AS q RETURNING id AS place, shelf_id
