SELECT id, isbn FROM books WHERE reads_total IN (:reads...) ORDER BY lent, reads_total, id
