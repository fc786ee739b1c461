SELECT a.id FROM (SELECT (SELECT MAX(b.author_id) FROM books AS b WHERE b.id <= c.id) AS author FROM books AS c WHERE c.lent = :lent) AS x JOIN authors AS a ON a.id = x.author GROUP BY a.id
