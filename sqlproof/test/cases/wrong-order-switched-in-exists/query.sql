SELECT b.id FROM books b WHERE EXISTS (SELECT 1 FROM authors a WHERE a.id = b.author_id AND (:author::integer? IS NULL OR a.id = :author)) ORDER BY b.lent, b.author_id, b.id
