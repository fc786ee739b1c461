INSERT INTO loan_codes (reader_id, code) VALUES (:reader, :code)
