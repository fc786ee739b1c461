SELECT id FROM books WHERE added_at BETWEEN :from AND :to AND isbn LIKE :pattern ESCAPE '!'
