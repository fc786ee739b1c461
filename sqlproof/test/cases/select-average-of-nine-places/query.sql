SELECT author_id, AVG(deposit * 1.000) AS r, ROUND(AVG(deposit * 1.000), 9) AS s, ROUND(AVG(deposit * 1.000), 8) AS t FROM books GROUP BY author_id ORDER BY author_id
