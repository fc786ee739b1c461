SELECT (SELECT MAX(a.name) FROM authors a WHERE a.id < CASE WHEN NOT b.lent THEN :some::text ELSE :some END) AS name, COUNT(*) AS n FROM books b GROUP BY name
