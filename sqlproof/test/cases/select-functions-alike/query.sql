SELECT ABS(price) AS p, SUBSTR(added_at, 1, 7) AS month, COUNT(DISTINCT price) AS prices, NULLIF(price, 0) AS n FROM books GROUP BY id, price, added_at
