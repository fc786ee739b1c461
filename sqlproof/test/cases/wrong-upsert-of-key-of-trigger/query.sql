INSERT INTO stamps (id, seed) VALUES (:id, :seed) ON CONFLICT (code) DO UPDATE SET seed = 1
