INSERT INTO floors (id) VALUES (:id)
