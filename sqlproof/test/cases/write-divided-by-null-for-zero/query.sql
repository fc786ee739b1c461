UPDATE books SET author_id = id DIV NULLIF(author_id, 0) WHERE id = :id
