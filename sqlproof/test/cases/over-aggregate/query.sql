SELECT author_id, RANK() OVER (ORDER BY COUNT(*) DESC) AS place FROM books GROUP BY author_id
