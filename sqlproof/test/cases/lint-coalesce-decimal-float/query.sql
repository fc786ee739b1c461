SELECT COALESCE(deposit, weight) AS d FROM books
