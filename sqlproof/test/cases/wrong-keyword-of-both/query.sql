SELECT id AS index FROM books
