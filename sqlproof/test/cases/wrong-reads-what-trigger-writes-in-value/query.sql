INSERT INTO loans (reader_id, code) VALUES (COALESCE((SELECT MAX(id) FROM readers), 1), :code)
