SELECT author_id, SUM(price) AS total FROM books GROUP BY author_id HAVING SUM(price) > :least::decimal(4) ORDER BY author_id
