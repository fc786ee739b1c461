DELETE FROM books WHERE lent OR id IN (SELECT MAX(b.id) FROM books b GROUP BY b.author_id)
