SELECT o.id FROM (SELECT id, author_id FROM books ORDER BY id LIMIT 3) AS o WHERE NOT (:id NOT IN (SELECT s.id FROM authors AS s WHERE s.id = o.author_id))
