UPDATE books SET lent = author_id IS NOT NULL AND price > 5 WHERE id = :id
