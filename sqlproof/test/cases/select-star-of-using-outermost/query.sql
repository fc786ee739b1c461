SELECT * FROM (SELECT id, shelf_id FROM places) AS g JOIN (SELECT shelf_id, beside_id FROM places) AS h USING (shelf_id)
