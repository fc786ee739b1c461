INSERT INTO genres (id, name) VALUES (:id, :name) ON CONFLICT (id) DO UPDATE SET id = 7
