SELECT id FROM books WHERE id LIKE '1%'
