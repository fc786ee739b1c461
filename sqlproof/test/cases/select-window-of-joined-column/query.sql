SELECT q.author, COUNT(q.author) OVER (PARTITION BY q.lent) AS n FROM (SELECT b.lent, a.id AS author FROM books b LEFT JOIN authors a ON a.id = b.author_id) AS q
