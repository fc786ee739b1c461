DELETE FROM books WHERE EXISTS (SELECT 1 FROM books b WHERE b.reads_total > 9) OR lent
