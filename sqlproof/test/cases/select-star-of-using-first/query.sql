SELECT id, shelf_id, beside_id FROM (SELECT * FROM (SELECT id, shelf_id FROM places) AS g JOIN (SELECT id, beside_id FROM places) AS h USING (id)) AS q ORDER BY id
