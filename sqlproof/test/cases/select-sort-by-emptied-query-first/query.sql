SELECT a.id, q.n FROM authors a LEFT JOIN (SELECT author_id, COUNT(*) AS n FROM books WHERE added_at >= :from AND added_at < :until GROUP BY author_id) AS q ON q.author_id = a.id ORDER BY q.n, a.id
