SELECT id, title FROM books WHERE ((id = :id AND id = :other) OR author_id = :author) ORDER BY added_at, author_id, id
