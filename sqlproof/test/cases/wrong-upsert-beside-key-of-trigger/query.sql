INSERT INTO stamps (id, seed) VALUES (:id, :seed) ON CONFLICT (id) DO UPDATE SET seed = excluded.seed
