INSERT INTO authors (name, nickname) VALUES (:a, 'x'), (:b, (SELECT nickname FROM authors ORDER BY id DESC LIMIT 1))
