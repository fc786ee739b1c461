SELECT id FROM books WHERE NULL = author_id
