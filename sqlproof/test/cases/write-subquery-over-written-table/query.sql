UPDATE books SET reads_total = (SELECT COUNT(*) FROM (SELECT s.id FROM (SELECT id FROM books) AS s WHERE EXISTS (SELECT 1 FROM authors p WHERE p.id = s.id)) AS q)
