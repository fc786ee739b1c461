INSERT INTO authors (name, born) VALUES (:name, :born) RETURNING id, name
