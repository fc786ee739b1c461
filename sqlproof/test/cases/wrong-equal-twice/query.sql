SELECT p.id, q.id AS other FROM places p JOIN places q ON q.beside_id = p.former_shelf_id WHERE q.beside_id IS NOT DISTINCT FROM p.former_shelf_id
