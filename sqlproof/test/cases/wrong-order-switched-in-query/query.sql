SELECT b.id FROM books b WHERE b.author_id IN (SELECT a.id FROM authors a WHERE :author::integer? IS NULL OR a.id = :author) ORDER BY b.lent, b.author_id, b.id
