SELECT id AS "id?!" FROM authors WHERE id = :id
