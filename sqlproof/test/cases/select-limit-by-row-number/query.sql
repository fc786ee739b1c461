SELECT id, ROW_NUMBER() OVER (ORDER BY price, id) AS place FROM books ORDER BY place LIMIT 3
