INSERT INTO authors (name, nickname) VALUES (:name, :nickname) ON CONFLICT (name) DO UPDATE SET nickname = excluded.nickname RETURNING id, name
