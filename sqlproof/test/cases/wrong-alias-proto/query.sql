SELECT id AS "__proto__" FROM authors WHERE id = :id
