INSERT INTO authors (name, nickname) VALUES (:a, :x), (:b, :y) ON CONFLICT (name) DO UPDATE SET nickname = excluded.nickname
