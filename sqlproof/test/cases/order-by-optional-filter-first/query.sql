SELECT id, price FROM books WHERE (:author IS NULL OR author_id = :author) ORDER BY author_id, added_at, id
