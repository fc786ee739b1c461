SELECT q.id FROM (SELECT * FROM books b JOIN authors a ON a.id = b.author_id) AS q ORDER BY q.id
