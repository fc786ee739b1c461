SELECT COUNT(*) AS n FROM (SELECT DISTINCT author_id, price FROM books WHERE author_id IS NOT NULL) AS q
