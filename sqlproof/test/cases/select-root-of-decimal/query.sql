SELECT SQRT(deposit * 1.5) AS root, SQRT(price) AS exact FROM books WHERE id = :id
