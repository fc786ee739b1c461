SELECT id FROM books ORDER BY id, title
