SELECT id, GREATEST(price, 2.5) AS p, price NOT IN (2.5) AS q, 2.5 NOT IN (SELECT price FROM books) AS r FROM books
