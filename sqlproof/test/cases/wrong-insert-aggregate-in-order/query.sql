INSERT INTO authors (name, born) SELECT 'x', MAX(born) FROM authors ORDER BY MAX(born)
