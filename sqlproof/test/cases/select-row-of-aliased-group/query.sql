SELECT r.id, (SELECT s.last FROM (SELECT p.shelf_id AS shelf, MAX(p.id) AS last FROM places p GROUP BY shelf) s WHERE s.shelf = r.id) AS last FROM shelves r ORDER BY r.id
