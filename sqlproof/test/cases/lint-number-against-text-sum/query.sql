SELECT id FROM books WHERE id + 0 = '1'
