SELECT id FROM books WHERE added_at BETWEEN :from AND :to ORDER BY author_id, added_at DESC, id
