SELECT id, -SIGN(:change::decimal(2)) AS a, -(:n::integer) AS b, -id AS c, -price AS d, -q.five AS e FROM books JOIN (SELECT 5 AS five FROM authors) AS q
