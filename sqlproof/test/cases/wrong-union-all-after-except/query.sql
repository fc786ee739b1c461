SELECT r.id, (SELECT s.n FROM (SELECT id AS n FROM places EXCEPT SELECT id FROM shelves UNION ALL SELECT shelf_id FROM places) s WHERE s.n = r.id) AS n FROM shelves r ORDER BY r.id
