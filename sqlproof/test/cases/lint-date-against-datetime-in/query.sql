SELECT id FROM books WHERE added_at IN (:day::date)
