SELECT id FROM books WHERE reads_total + :more > 3 AND price - :less > 0
