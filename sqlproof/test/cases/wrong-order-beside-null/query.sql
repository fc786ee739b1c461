SELECT id, title FROM books WHERE (id > :after::integer? OR author_id = :author) ORDER BY added_at, author_id, id
