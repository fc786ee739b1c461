INSERT INTO loans (reader_id, code) VALUES (:reader, :code) ON CONFLICT (code) DO NOTHING
