SELECT author_id FROM books GROUP BY author_id HAVING MAX(price) > COUNT(*)
