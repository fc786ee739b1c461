INSERT INTO authors (name) VALUES (:name) ON CONFLICT (name) DO UPDATE SET born = :born
