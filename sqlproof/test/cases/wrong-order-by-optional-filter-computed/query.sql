SELECT id, isbn FROM books WHERE (:total IS NULL OR reads_total = :total) ORDER BY added_at, reads_total * 2, id
