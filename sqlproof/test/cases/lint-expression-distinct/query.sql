SELECT DISTINCT SUBSTR(title, 1, 1) AS initial FROM books
