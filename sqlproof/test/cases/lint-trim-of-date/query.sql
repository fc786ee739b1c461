SELECT TRIM(added_at) AS s FROM books
