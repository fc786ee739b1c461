WITH RECURSIVE r AS (SELECT 1 AS i, 1 AS n UNION ALL SELECT r.i + 1, b.reads_total + 1 FROM r JOIN books b ON b.id = r.i WHERE r.i < 9) SELECT i, n FROM r
