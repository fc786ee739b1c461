SELECT a.id FROM authors a WHERE EXISTS (SELECT 1 FROM books b JOIN books c ON born > '2000-01-01' JOIN authors o ON o.id = 3)
