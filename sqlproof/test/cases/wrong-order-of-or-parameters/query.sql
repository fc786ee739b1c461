SELECT id, isbn FROM books WHERE (reads_total = :one OR reads_total = :other) ORDER BY lent, reads_total, id
