DELETE FROM places WHERE id = :id
