SELECT DISTINCT author_id, id FROM books WHERE (author_id = :author OR id = :id) AND id > 1
