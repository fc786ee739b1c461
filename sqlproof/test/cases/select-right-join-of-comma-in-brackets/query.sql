SELECT a.id AS author, s.id AS shelf, p.id FROM (authors a, shelves s) RIGHT JOIN places p ON p.shelf_id = s.id ORDER BY p.id, author
