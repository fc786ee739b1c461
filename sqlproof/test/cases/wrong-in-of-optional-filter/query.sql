SELECT a.id FROM authors a WHERE a.id IN (SELECT b.author_id FROM books b JOIN (SELECT id, shelf_id FROM places) AS p ON p.id = b.id AND (:everywhere::boolean OR p.shelf_id = 3)) AND a.id > 1
