SELECT MAX(reads_total) AS reads_total FROM books WHERE reads_total < :below
