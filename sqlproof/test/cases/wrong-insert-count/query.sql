INSERT INTO authors (name, born) VALUES (:name)
