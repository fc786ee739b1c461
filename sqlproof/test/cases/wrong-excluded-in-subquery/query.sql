INSERT INTO authors (name) VALUES (:name) ON CONFLICT (name) DO UPDATE SET born = (SELECT MAX(a.born) FROM authors a WHERE a.name = excluded.name)
