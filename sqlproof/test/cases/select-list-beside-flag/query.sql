SELECT id FROM books WHERE (:any::boolean OR id IN (:ids...))
