SELECT id, title WHERE id = :id
