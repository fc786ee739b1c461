INSERT INTO places (id, shelf_id, beside_id) VALUES (1, :shelf, NULL), (2, :shelf, NULL)
