SELECT CAST(reads_total AS INTEGER) AS n FROM books
