SELECT id, SUM(price) OVER (PARTITION BY isbn) AS n, SUM(price) OVER (ORDER BY isbn) AS p FROM books ORDER BY RANK() OVER (ORDER BY isbn, id), id
