DELETE FROM genres WHERE id = :id AND (above_id IS NULL OR above_id > 0)
