SELECT o.id, b.id AS book_id FROM books b JOIN books o ON (b.lent OR o.author_id = 3) WHERE b.id IN (:ids...) ORDER BY o.lent, o.author_id, o.id, b.id
