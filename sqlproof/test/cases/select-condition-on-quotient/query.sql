WITH s AS (SELECT id, id / 30000 AS r FROM books) SELECT s.id FROM s WHERE s.r IN (0.0001, 0.0002) OR s.r * 10 >= 0.004
