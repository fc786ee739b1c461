INSERT INTO loans (reader_id, code) SELECT loan_id, :code FROM loan_notes WHERE id = :id
