SELECT b.id, SUM(c.price) OVER (PARTITION BY b.price) AS p FROM books AS b JOIN (SELECT price FROM books) AS c
