SELECT b.id FROM books AS b STRAIGHT_JOIN authors AS a ON a.id = b.author_id
