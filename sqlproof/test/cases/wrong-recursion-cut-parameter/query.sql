WITH RECURSIVE r (i, j) AS (SELECT 1, x.cut FROM (SELECT SUBSTR(:p::text, 1, 3) AS cut FROM books) AS x UNION ALL SELECT i + 1, 'abc' FROM r WHERE i < 5) SELECT i, j FROM r
