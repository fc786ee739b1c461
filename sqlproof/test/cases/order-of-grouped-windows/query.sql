SELECT author_id, RANK() OVER (ORDER BY SUM(price)) AS place FROM books GROUP BY author_id ORDER BY author_id DESC LIMIT 5
