INSERT INTO authors (id, name) VALUES (:id, :name) ON CONFLICT (name) DO NOTHING
