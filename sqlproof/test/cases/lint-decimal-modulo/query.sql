SELECT price % 2 AS rest FROM books
