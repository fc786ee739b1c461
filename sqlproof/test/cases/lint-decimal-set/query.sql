UPDATE books SET price = 5 WHERE id = :id
