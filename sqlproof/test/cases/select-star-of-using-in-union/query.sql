SELECT 1 AS id, 2 AS shelf_id, 3 AS n UNION ALL SELECT * FROM (SELECT id, shelf_id FROM places) AS g JOIN (SELECT shelf_id, id + 1 AS n FROM places) AS h USING (shelf_id)
