INSERT INTO loans (reader_id, code) SELECT :reader, :code WHERE NOT EXISTS (SELECT 1 FROM loans WHERE code = :code)
