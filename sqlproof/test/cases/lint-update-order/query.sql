UPDATE books SET lent = 1 ORDER BY id
