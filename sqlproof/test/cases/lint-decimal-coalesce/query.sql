SELECT COALESCE(deposit, 1) AS d FROM books
