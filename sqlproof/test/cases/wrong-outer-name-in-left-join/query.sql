SELECT a.id FROM authors a WHERE EXISTS (SELECT 1 FROM books b LEFT JOIN authors o ON o.id = b.author_id AND o.born = a.born WHERE o.id IS NULL)
