WITH RECURSIVE r (i, j) AS (SELECT id, NULLIF(0.50, :least::decimal(2)) FROM books UNION SELECT i + 1, :next::decimal(2) FROM r WHERE i < 5) SELECT i, j FROM r
