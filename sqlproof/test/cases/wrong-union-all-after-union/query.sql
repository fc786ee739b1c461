SELECT r.id, (SELECT s.n FROM (SELECT shelf_id AS n FROM places UNION SELECT id FROM shelves UNION ALL SELECT id FROM places) s WHERE s.n = r.id) AS n FROM shelves r ORDER BY r.id
