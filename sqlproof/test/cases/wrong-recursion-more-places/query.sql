WITH RECURSIVE r (p, depth) AS (SELECT price, 0 FROM books UNION ALL SELECT p * 0.5, depth + 1 FROM r WHERE depth < 9) SELECT p, depth FROM r
