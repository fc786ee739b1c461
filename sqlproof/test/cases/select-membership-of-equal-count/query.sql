SELECT id FROM books WHERE (id = (SELECT COUNT(*) FROM authors) OR lent) AND id NOT IN (SELECT b.id FROM books b WHERE b.id = 9)
