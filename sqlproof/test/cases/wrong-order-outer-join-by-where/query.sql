SELECT a.id, b.id AS book, b.lent FROM authors a LEFT JOIN books b ON b.author_id = a.id WHERE (:author::integer? IS NULL OR b.author_id = :author) ORDER BY b.lent, a.id, b.id
