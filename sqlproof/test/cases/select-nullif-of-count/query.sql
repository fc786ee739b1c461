SELECT lent, NULLIF(COUNT(*), reads_total) AS v, COALESCE(NULLIF(COUNT(*), 1), 8) AS w FROM books GROUP BY lent, reads_total HAVING v <= 8 AND NULLIF(COUNT(*), :n) IS NOT NULL
