WITH RECURSIVE r (i, j) AS (SELECT id, COALESCE(:j::bigint, id) FROM books UNION SELECT i + 1, :other::bigint FROM r WHERE i < 5) SELECT i, j FROM r
