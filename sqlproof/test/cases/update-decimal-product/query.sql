UPDATE books SET price = price * price WHERE id = :id
