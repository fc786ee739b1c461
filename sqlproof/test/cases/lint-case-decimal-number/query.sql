SELECT CASE WHEN id > 5 THEN price ELSE 5 END AS price FROM books
