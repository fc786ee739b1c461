SELECT DISTINCT author_id, reads_total FROM books WHERE NOT (author_id > 8 AND reads_total < 6) AND reads_total > 2
