INSERT INTO stamps (id, seed, code) VALUES (:id, :seed, NULL) ON CONFLICT (id) DO NOTHING
