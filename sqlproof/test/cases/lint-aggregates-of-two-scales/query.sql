SELECT author_id, SUM(price) + SUM(deposit) AS total FROM books GROUP BY author_id
