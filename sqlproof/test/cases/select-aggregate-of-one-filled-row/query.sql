SELECT SUM(b.id) AS n FROM authors a LEFT JOIN books b ON b.id = :book AND a.born > '2000-01-01'
