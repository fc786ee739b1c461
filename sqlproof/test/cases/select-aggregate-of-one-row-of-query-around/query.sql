SELECT o.id, (SELECT SUM(b.id) FROM authors a LEFT JOIN books b ON b.id = a.id AND a.born > '2000-01-01' WHERE a.id = o.id) AS n FROM authors o
