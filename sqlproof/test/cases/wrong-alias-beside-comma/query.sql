SELECT a.id FROM authors a WHERE EXISTS (SELECT 1 FROM shelves a, books b JOIN places p ON p.id = a.id) ORDER BY a.id
