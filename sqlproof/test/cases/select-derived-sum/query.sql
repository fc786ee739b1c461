SELECT d.author_id, d.total FROM (SELECT author_id, SUM(price) AS total FROM books GROUP BY author_id) d WHERE d.author_id = :author_id
