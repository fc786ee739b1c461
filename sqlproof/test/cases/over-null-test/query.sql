SELECT id, COUNT(*) OVER (ORDER BY author_id IS NULL) AS n FROM books
