SELECT s.id, s.pairs FROM (SELECT b.id, COUNT(*) AS pairs FROM shelves a CROSS JOIN shelves b GROUP BY a.id, b.id) s ORDER BY s.id LIMIT 4
