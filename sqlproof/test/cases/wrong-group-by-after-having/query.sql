SELECT author_id FROM books HAVING COUNT(*) > 1 GROUP BY author_id
