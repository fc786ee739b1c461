SELECT id FROM books WHERE (:ids IS NULL OR id IN (:ids...))
