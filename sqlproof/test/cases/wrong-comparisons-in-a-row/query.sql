SELECT id FROM books WHERE lent = reads_total > 0
