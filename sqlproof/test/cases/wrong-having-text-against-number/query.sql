SELECT author_id FROM books GROUP BY author_id HAVING MAX(isbn) > 5
