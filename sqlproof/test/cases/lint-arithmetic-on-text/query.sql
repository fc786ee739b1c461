SELECT isbn + 1 AS next FROM books
