INSERT INTO authors (name) SELECT name FROM authors WHERE born IS NULL ON CONFLICT (name) DO UPDATE SET nickname = excluded.nickname
