UPDATE books SET lent = 1 LIMIT 3
