SELECT x.id, x.n FROM (SELECT a.id, (SELECT COUNT(*) FROM books AS b WHERE b.author_id = a.id) AS n FROM authors AS a) AS x WHERE x.n > :least
