SELECT DISTINCT COUNT(DISTINCT id) = author_id AS v FROM books GROUP BY author_id HAVING COUNT(*) + author_id < 8
