SELECT id, deposit * 0.001 / 7 AS a, ROUND(deposit * 1.000 / 7, 9) AS b, ROUND(deposit * 1.000 / 7, 8) AS c, COALESCE(deposit * 1.0000000, 1) / 7 AS d FROM books ORDER BY id
