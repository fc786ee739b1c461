SELECT id, reads_total / 2 AS half FROM books
