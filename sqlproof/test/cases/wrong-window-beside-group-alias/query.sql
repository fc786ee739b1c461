SELECT price * 2 AS twice, COUNT(*) AS n, ROW_NUMBER() OVER (ORDER BY COUNT(*)) AS place FROM books GROUP BY twice
