SELECT id, author_id, reads_total FROM books WHERE author_id IS NULL AND (:reads::integer? IS NULL OR reads_total = :reads) ORDER BY author_id, reads_total, id
