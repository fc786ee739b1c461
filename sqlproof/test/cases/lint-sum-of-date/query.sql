SELECT SUM(added_at) AS s FROM books
