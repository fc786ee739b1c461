SELECT id, isbn FROM books WHERE reads_total IN (:one, :other) ORDER BY lent, reads_total, id
