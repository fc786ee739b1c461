INSERT INTO authors (name) VALUES (NULL)
