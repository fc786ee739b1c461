INSERT INTO shelves (code, code) SELECT code, code FROM shelves WHERE id = :id
