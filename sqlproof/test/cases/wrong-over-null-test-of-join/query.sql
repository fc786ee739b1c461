SELECT b.id, COUNT(*) OVER (ORDER BY a.name IS NULL) AS n FROM books b LEFT JOIN authors a ON a.id = b.author_id WHERE a.born IN (:born...)
