SELECT s.a, s.b, s.pairs FROM (SELECT a.id AS a, b.id AS b, COUNT(*) AS pairs FROM shelves a CROSS JOIN shelves b GROUP BY a.id, b.id) s ORDER BY s.a, s.b LIMIT 4
