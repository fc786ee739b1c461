DELETE FROM authors a WHERE a.id = 1
