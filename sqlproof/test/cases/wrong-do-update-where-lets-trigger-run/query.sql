INSERT INTO loans (reader_id, code, note) VALUES (:reader, :code, :note) ON CONFLICT (code) DO UPDATE SET note = excluded.note WHERE excluded.note > loans.note
