UPDATE books SET reads_total = COALESCE(id DIV NULLIF(author_id, 0), 0) WHERE id = :id
