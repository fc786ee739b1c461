SELECT b.id, (SELECT DISTINCT b.lent FROM authors a ORDER BY b.lent LIMIT 1 OFFSET 1) AS lent FROM books b WHERE b.id = :id
