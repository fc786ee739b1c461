SELECT SQRT(deposit * 100000.0000000) AS root FROM books WHERE id = :id
