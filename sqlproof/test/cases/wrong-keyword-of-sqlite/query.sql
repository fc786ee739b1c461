SELECT id AS transaction FROM books
