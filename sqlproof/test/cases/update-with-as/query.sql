UPDATE authors AS a SET name = 'a' WHERE a.id = 1
