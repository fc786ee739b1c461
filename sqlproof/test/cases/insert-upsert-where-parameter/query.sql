INSERT INTO authors (name, born) VALUES (:name, :born) ON CONFLICT (name) DO UPDATE SET born = excluded.born WHERE authors.born < :limit
