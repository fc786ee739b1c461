SELECT q.author_id FROM (SELECT DISTINCT author_id FROM books) q WHERE 2 IN (SELECT p.id FROM places p WHERE p.shelf_id > q.author_id GROUP BY p.id)
