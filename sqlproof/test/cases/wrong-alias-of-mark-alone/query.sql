SELECT id AS "!" FROM authors WHERE id = :id
