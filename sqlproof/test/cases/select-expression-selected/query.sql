SELECT id, SUBSTR(title, 1, 3) AS start, COALESCE(title, '') AS title FROM books WHERE SUBSTR(isbn, 1, 3) = :start::text
