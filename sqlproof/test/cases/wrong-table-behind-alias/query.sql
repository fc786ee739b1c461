SELECT id FROM authors AS a WHERE authors.id = 1
