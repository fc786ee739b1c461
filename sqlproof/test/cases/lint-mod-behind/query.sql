SELECT id FROM books WHERE id MOD 2 = 1
