SELECT id FROM books WHERE price IN (SELECT x.* FROM (SELECT reads_total * price AS worth FROM books) AS x) AND price IN (SELECT reads_total * price FROM books)
