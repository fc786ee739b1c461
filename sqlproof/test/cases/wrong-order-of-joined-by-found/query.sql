SELECT a.id, o.id AS other_id FROM authors a JOIN books b ON b.id = :id LEFT JOIN books o ON o.author_id = b.author_id ORDER BY a.id, o.id
