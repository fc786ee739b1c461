SELECT SUBSTR(title, 1, 1) AS initial, COUNT(*) AS books FROM books GROUP BY SUBSTR(title, 1, 1)
