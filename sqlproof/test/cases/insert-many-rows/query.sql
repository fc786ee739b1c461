INSERT INTO authors (name, born) VALUES (:name, :born), (:other_name, NULL)
