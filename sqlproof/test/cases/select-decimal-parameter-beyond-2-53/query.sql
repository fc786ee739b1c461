SELECT COUNT(DISTINCT deposit + :x) AS r, MAX(ROUND(deposit + :x, 1)) AS m FROM books WHERE deposit < :x
