SELECT author_id, ROUND(AVG(price), 2) AS mean, ROUND(SUM(price) / COUNT(*), 0) AS whole FROM books GROUP BY author_id
