SELECT id FROM books WHERE (:author_id IS NULL OR author_id = :author_id) AND (:lent IS NULL OR lent = :lent) ORDER BY id LIMIT :limit OFFSET :skip
