SELECT p.*, a.* FROM authors p LEFT JOIN authors a ON a.born = p.born AND a.id > p.id WHERE p.id < 5
