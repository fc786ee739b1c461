SELECT a.id, COUNT(*) AS n FROM authors a WHERE a.id > :id GROUP BY a.id HAVING (SELECT COUNT(*) FROM books b WHERE EXISTS (SELECT 1 FROM places p WHERE p.id = a.id)) > 0
