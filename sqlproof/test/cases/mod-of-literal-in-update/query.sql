UPDATE books SET author_id = MOD(author_id, 7) + 1 WHERE id = :id
