UPDATE books SET title = NULL WHERE id = :id
