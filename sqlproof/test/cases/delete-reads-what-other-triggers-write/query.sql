DELETE FROM loans WHERE reader_id IN (SELECT id FROM readers WHERE loans = 0)
