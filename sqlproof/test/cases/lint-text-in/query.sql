SELECT id FROM books WHERE title IN (:titles...)
