DELETE FROM places WHERE shelf_id > :shelf
