SELECT id, isbn FROM books WHERE reads_total IN (:one, :other) ORDER BY reads_total, lent, id
