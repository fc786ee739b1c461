SELECT author_id, SUM(price * price) + SUM(price) AS total FROM books GROUP BY author_id
