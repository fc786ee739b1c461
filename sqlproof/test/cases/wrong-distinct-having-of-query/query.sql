SELECT DISTINCT COUNT(DISTINCT b.id) = b.author_id AS v FROM (SELECT id, author_id FROM books) AS b GROUP BY b.author_id HAVING COUNT(*) + b.author_id < 8
