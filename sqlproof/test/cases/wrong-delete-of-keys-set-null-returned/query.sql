DELETE FROM genres WHERE id > :id RETURNING id, above_id
