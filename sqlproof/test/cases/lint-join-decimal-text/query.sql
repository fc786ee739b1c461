SELECT price || ' EUR' AS label FROM books
