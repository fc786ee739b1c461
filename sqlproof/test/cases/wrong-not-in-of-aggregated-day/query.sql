SELECT id FROM books WHERE added_at NOT IN (SELECT MAX(b.added_at) FROM books b WHERE b.author_id = books.id)
