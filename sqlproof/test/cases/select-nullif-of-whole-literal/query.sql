SELECT NULLIF(0, SUM(reads_total)) AS n, NULLIF(0, SUM(lent)) AS m FROM books
