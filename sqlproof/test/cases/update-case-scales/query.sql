UPDATE books SET price = CASE WHEN lent THEN deposit ELSE price END WHERE id = :id
