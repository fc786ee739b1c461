SELECT a.*, o.* FROM authors a JOIN authors o ON o.id = a.id ORDER BY nickname_2
