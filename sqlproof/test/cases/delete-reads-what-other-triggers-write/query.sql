DELETE FROM loans WHERE reader_id NOT IN (SELECT id FROM readers)
