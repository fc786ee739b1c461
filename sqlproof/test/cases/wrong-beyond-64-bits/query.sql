SELECT x.* FROM (SELECT reads_total * price AS worth FROM books) AS x UNION SELECT price FROM books
