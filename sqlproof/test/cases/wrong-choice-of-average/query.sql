SELECT COALESCE(AVG(author_id), 0) AS r FROM books
