UPDATE books WHERE id = 1 SET title = 'x'
