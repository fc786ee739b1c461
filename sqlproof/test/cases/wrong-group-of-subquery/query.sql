SELECT p.shelf_id % 3 AS g, (SELECT COUNT(*) FROM shelves s WHERE s.id > p.shelf_id % 3) AS n FROM places p GROUP BY p.shelf_id % 3 ORDER BY g
