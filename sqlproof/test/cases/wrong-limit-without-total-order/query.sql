SELECT title FROM books ORDER BY lent LIMIT 3
