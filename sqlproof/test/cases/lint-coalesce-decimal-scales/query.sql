SELECT COALESCE(deposit, price) AS d FROM books
