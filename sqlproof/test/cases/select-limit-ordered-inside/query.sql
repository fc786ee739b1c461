SELECT a.id, (SELECT b.id FROM books b WHERE b.author_id = a.id ORDER BY b.id LIMIT 1) AS first_book FROM authors a
