WITH RECURSIVE r (i, j, n) AS (SELECT 1, id, reads_total FROM books UNION ALL SELECT i + 1, j - 1, n + 1 FROM r WHERE i < :most AND j > 10) SELECT i, j, n FROM r
