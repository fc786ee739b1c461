SELECT b.id, d.found FROM books b LEFT JOIN (SELECT id, 1 AS found FROM authors) d ON d.id = b.author_id
