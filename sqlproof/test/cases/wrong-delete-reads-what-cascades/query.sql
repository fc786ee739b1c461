DELETE FROM shelves WHERE id IN (SELECT shelf_id FROM places)
