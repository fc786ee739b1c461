SELECT COUNT(*) AS n, SUM(MAX(reads_total)) OVER () AS most FROM books
