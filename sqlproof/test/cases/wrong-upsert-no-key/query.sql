INSERT INTO authors (name, born) VALUES (:name, :born) ON CONFLICT (born) DO NOTHING
