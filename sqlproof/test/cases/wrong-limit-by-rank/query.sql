SELECT id, RANK() OVER (ORDER BY price) AS place FROM books ORDER BY place LIMIT 3
