SELECT author_id, title FROM books GROUP BY author_id
