SELECT CAST(reads_total AS SIGNED) AS n, CAST(lent AS SIGNED INTEGER) AS m FROM books WHERE id < CAST(:limit::integer AS SIGNED)
