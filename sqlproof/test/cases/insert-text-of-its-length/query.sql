INSERT INTO shelves (code) SELECT code FROM shelves WHERE code <> 'A101'
