SELECT a.id FROM authors a WHERE EXISTS (SELECT 1 FROM books b, places p JOIN shelves s ON s.id = author_id) ORDER BY a.id
