SELECT b.id FROM books b ORDER BY b.author_id IN (SELECT a.id FROM authors a WHERE a.born > :born), b.id
