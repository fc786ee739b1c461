SELECT author_id, SUM(price) + 1 AS total FROM books GROUP BY author_id
