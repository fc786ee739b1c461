INSERT INTO shelves (code) VALUES ('Ann ')
