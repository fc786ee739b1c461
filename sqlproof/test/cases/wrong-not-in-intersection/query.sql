SELECT id FROM books WHERE id NOT IN (SELECT shelf_id FROM places INTERSECT SELECT beside_id FROM places)
