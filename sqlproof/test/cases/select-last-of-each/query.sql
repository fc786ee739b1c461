SELECT a.id, b.isbn FROM authors AS a LEFT JOIN (SELECT author_id, MAX(id) AS id FROM books GROUP BY author_id) AS q ON q.author_id = a.id LEFT JOIN books AS b ON b.id = q.id
