SELECT COALESCE(deposit, 0) AS d FROM books WHERE price > 0
