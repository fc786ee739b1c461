SELECT author_id, COUNT(*) AS written FROM books GROUP BY author_id HAVING (SELECT MAX(a.id) - books.author_id FROM authors a) > 2
