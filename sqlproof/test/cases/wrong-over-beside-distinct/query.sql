SELECT author_id, COUNT(DISTINCT price) AS n, RANK() OVER (ORDER BY author_id) AS place FROM books GROUP BY author_id
