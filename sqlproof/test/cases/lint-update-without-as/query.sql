UPDATE authors a SET name = 'a' WHERE a.id = 1
