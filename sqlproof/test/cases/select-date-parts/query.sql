SELECT YEAR(added_at) AS y, MONTH(added_at) AS m, HOUR(added_at) AS h, DATE(added_at) AS d FROM books
