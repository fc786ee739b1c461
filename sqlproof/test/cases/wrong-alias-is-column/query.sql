SELECT lent, SUM(reads_total) AS reads_total FROM books GROUP BY lent HAVING reads_total > 3
