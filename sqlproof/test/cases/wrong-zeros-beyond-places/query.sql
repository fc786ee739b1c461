SELECT id FROM books WHERE deposit = 1.500 ORDER BY id
