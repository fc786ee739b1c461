SELECT id, price FROM books ORDER BY 'x' IS NOT NULL, id
