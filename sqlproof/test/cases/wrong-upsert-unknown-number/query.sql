INSERT INTO books (isbn, title, author_id, added_at) VALUES (:isbn, :title, :author, :now) ON CONFLICT (isbn) DO UPDATE SET reads_total = excluded.id
