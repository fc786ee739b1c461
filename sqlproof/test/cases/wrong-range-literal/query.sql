UPDATE books SET author_id = 3000000000 WHERE id = :id
