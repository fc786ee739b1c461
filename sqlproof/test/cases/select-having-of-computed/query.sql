SELECT x.born, COUNT(*) AS n FROM books b LEFT JOIN (SELECT id, COALESCE(born, '1900-01-01') AS born FROM authors) AS x ON x.id = b.author_id WHERE b.id <> :book GROUP BY x.born HAVING x.born IS NULL
