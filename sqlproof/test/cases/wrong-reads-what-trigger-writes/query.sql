INSERT INTO loans (reader_id, code) SELECT id, :code FROM readers WHERE card = :card
