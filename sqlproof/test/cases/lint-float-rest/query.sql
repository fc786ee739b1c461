SELECT id, weight % 2 AS rest FROM books
