INSERT INTO shelves (code) VALUES ('A1')
