SELECT isbn || ' ' || id AS label FROM books
