UPDATE books SET author_id = MOD(author_id, :by::integer) WHERE id = :id
