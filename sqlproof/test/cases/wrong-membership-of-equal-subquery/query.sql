SELECT id FROM books WHERE reads_total = (SELECT MAX(reads_total) FROM books) AND reads_total NOT IN (SELECT b.reads_total FROM books b WHERE b.reads_total = 2)
