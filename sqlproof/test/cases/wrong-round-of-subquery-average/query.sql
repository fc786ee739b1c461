SELECT ROUND((SELECT AVG(author_id) FROM books), 2) AS r FROM authors
