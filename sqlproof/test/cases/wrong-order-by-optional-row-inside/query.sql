SELECT b.id, a.name FROM (SELECT DISTINCT id, author_id FROM books WHERE (:id IS NULL OR id = :id)) b JOIN authors a ORDER BY a.name, b.id
