SELECT id FROM books WHERE id IN (SELECT MAX(id) FROM books GROUP BY author_id) ORDER BY id
