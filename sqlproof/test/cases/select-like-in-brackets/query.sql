SELECT id FROM authors WHERE NOT (name LIKE :pattern) ORDER BY id
