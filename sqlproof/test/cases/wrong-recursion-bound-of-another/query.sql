WITH RECURSIVE r AS (SELECT 1 AS i, 1 AS id UNION ALL SELECT r.i + 1, r.id + 2000000000 FROM r JOIN books b ON b.author_id = r.i WHERE r.i < 9 AND b.id < 5) SELECT i, id FROM r
