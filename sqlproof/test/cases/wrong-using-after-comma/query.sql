SELECT s.id AS shelf, a.id AS author, p.id FROM shelves s, authors a JOIN places p USING (id) ORDER BY shelf, p.id
