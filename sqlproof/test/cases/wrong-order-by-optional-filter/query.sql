SELECT id, title FROM books WHERE (:author IS NULL OR author_id = :author) ORDER BY added_at, author_id, id
