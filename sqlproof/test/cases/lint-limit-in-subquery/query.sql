SELECT id FROM authors WHERE id IN (SELECT author_id FROM books WHERE lent = :lent LIMIT 1) ORDER BY id
