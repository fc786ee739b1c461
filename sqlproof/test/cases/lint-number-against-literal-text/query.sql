SELECT id FROM books WHERE id = '5'
