SELECT COUNT(DISTINCT author_id, price) AS n FROM books
