SELECT DISTINCT author_id FROM books ORDER BY added_at, author_id
