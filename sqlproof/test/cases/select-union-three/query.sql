SELECT id, price FROM books WHERE lent = :lent UNION ALL SELECT id, price FROM books UNION ALL SELECT reads_total, price FROM books ORDER BY 1, 2 LIMIT 3
