INSERT INTO authors (name, nickname, born) VALUES (:name, :nickname, :born) ON CONFLICT (name) DO UPDATE SET nickname = excluded.nickname, born = excluded.born WHERE excluded.born > authors.born
