SELECT author_id FROM books GROUP BY author_id HAVING 5 < SUM(price)
