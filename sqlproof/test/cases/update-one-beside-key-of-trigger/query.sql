UPDATE stamps SET seed = 999 WHERE id = :id
