DELETE FROM genres WHERE above_id IS NULL
