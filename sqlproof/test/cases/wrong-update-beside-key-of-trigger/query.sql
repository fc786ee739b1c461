UPDATE stamps SET seed = seed + 1 WHERE id > :id
