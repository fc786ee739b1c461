WITH RECURSIVE steps (i, cover) AS (SELECT 1, x'41' UNION ALL SELECT s.i + 1, b.cover FROM steps s JOIN books b ON b.id = s.i WHERE s.i < 3) SELECT i, cover FROM steps
