SELECT q.id FROM (SELECT id, reads_total FROM books WHERE reads_total = (SELECT MAX(reads_total) FROM books)) q WHERE q.reads_total NOT IN (SELECT b.reads_total FROM books b WHERE b.reads_total = 2)
