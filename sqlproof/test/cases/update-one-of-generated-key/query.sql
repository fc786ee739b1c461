UPDATE seats SET tier = 5 WHERE id = :id
