SELECT p.id, a.name FROM places p LEFT JOIN (books b JOIN authors a ON a.id = b.author_id AND b.lent = 1) ON b.id = p.beside_id ORDER BY p.id, b.id LIMIT 3
