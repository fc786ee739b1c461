SELECT title FROM books WHERE id = :id LIMIT 1
