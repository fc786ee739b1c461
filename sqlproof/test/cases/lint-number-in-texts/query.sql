SELECT id FROM books WHERE id IN ('5', '6')
