SELECT id FROM books ORDER BY id :direction
