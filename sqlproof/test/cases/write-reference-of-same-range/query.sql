UPDATE books SET author_id = COALESCE(:author, (SELECT MIN(a.id) FROM authors AS a)) WHERE id = :id
