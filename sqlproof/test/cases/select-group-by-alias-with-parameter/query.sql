SELECT COUNT(*) AS c, CASE WHEN id > :id THEN 'late' ELSE 'early' END AS s FROM books GROUP BY s ORDER BY s
