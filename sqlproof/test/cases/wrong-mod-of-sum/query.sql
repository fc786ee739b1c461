SELECT MOD(SUM(reads_total), 3) AS rest FROM books
