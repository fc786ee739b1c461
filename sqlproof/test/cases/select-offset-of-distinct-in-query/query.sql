SELECT DISTINCT q.name AS n FROM (SELECT a.id, a.name, 7 AS seven FROM books b LEFT JOIN authors a ON a.id = b.author_id) AS q WHERE q.seven = q.id ORDER BY n LIMIT 2 OFFSET 1
