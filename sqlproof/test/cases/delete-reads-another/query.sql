DELETE FROM places WHERE shelf_id IN (SELECT id FROM shelves)
