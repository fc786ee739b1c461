SELECT a.id FROM authors a WHERE EXISTS (SELECT b.id AS born FROM books b WHERE EXISTS (SELECT 1 FROM books c WHERE c.id = b.id AND born IS NOT NULL))
