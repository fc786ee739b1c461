SELECT MOD(CAST(SUM(reads_total) AS INTEGER), 3) AS rest FROM books
