INSERT INTO visits (code) VALUES (:code) ON CONFLICT (code) DO NOTHING
