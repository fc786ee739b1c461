SELECT b.id, a.name FROM authors a JOIN (SELECT DISTINCT id, author_id FROM books) b ON b.author_id = a.id WHERE (:id IS NULL OR b.id = :id) ORDER BY a.id, b.id
