UPDATE books SET lent = 1 WHERE id = :id RETURNING id
