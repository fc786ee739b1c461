INSERT INTO books (isbn, title, author_id, added_at) VALUES (:a, :t, :x, :now), (:b, :t, NULL, :now) ON CONFLICT (isbn) DO UPDATE SET author_id = excluded.author_id
