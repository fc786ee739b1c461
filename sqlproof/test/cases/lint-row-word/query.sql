SELECT id FROM books WHERE ROW(id, isbn) = (1, 'a')
