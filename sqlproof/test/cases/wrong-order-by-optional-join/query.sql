SELECT b.id, a.name FROM authors a JOIN books b WHERE NOT (:author IS NOT NULL AND b.id <> :author) ORDER BY a.name, b.id
