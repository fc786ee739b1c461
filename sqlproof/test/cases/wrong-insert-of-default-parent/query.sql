INSERT INTO floors (id) VALUES (:first), (:second)
