DELETE FROM genres WHERE name = :name RETURNING id, name
