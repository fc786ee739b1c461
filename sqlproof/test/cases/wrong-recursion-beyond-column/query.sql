WITH RECURSIVE r (i, j, k) AS (SELECT 1, id, id FROM books UNION ALL SELECT i + 1, j + 1, -:p::integer FROM r WHERE i < 5) SELECT i, j, k FROM r
