SELECT id, SUM(pric) OVER (ORDER BY id) AS s FROM books ORDER BY id
