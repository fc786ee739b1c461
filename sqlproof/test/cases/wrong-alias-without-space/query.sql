SELECT id AS "t:boolean" FROM authors WHERE id = :id
