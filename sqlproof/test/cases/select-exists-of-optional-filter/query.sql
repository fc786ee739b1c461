SELECT b.id, a.name FROM books b JOIN authors a ON a.id = b.author_id WHERE EXISTS (SELECT 1 FROM places p WHERE p.id = b.id AND (:shelf::integer? IS NULL OR p.shelf_id = :shelf))
