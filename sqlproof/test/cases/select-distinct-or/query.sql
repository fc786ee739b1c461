SELECT DISTINCT author_id, id FROM books WHERE (author_id = :author AND id > 1) OR (id = :id AND id > 1)
