WITH RECURSIVE r (i, j) AS (SELECT id, id % author_id FROM books UNION SELECT i + 1, 0 FROM r WHERE i < 5) SELECT i, j FROM r
