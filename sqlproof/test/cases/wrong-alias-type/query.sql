SELECT id AS "id: strng" FROM authors WHERE id = :id
