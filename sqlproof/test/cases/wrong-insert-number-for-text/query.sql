INSERT INTO authors (name) VALUES (5)
