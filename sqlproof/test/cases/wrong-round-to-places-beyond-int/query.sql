SELECT id, ROUND(price / id, 2147483648) AS n FROM books
