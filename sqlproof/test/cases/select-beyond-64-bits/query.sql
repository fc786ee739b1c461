SELECT author_id, SUM(price * deposit) - SUM(deposit * price) AS gain FROM books GROUP BY author_id HAVING SUM(price * deposit) > :least ORDER BY SUM(price * deposit) DESC, author_id
