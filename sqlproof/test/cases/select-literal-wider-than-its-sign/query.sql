SELECT DISTINCT ABS(99999) * 1.5 AS c, NULLIF(99999, b.id) * 1.5 AS n, MINUTE(b.added_at) DIV 5 * 1.5 AS m, (SELECT MAX(99999) FROM authors a) * 1.5 AS s FROM books b
