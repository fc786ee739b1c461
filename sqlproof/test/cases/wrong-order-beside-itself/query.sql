SELECT id, title FROM books WHERE (((author_id = :author OR :all::boolean) OR NOT (added_at = added_at))) AND (reads_total = :n OR NOT (reads_total = reads_total)) ORDER BY added_at, author_id, id
