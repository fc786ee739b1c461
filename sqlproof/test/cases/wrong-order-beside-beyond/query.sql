SELECT id, title FROM books WHERE id = 5 OR author_id > :after::integer? ORDER BY author_id, id
