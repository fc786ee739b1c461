SELECT id, title FROM books WHERE ((NOT :mine::boolean OR author_id = :author) OR author_id = :author) ORDER BY added_at, author_id, id
