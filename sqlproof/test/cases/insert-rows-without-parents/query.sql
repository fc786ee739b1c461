INSERT INTO places (shelf_id, beside_id) VALUES (:shelf, NULL), (:shelf, NULL)
