UPDATE books SET author_id = id + 5 WHERE id = :id
