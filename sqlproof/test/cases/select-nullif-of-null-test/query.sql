SELECT NULLIF(2, MAX(isbn) IS NULL) AS v, COUNT(*) AS n FROM books WHERE id = :id
