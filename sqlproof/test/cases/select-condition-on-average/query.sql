SELECT s.author_id, s.r FROM (SELECT author_id, AVG(reads_total) AS r FROM books WHERE author_id IS NOT NULL GROUP BY author_id) AS s WHERE s.r BETWEEN 5.3333 AND 500.6667 ORDER BY s.r, s.author_id
