WITH RECURSIVE r (i, j) AS (SELECT id, COALESCE(deposit, 0.00) FROM books UNION SELECT i + 1, r.j FROM r WHERE i < 5) SELECT i, j FROM r
