UPDATE books SET lent = 2 WHERE id = :id
