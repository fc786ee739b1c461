SELECT d.total FROM (SELECT author_id, SUM(price) AS total FROM books GROUP BY author_id) AS d WHERE (SELECT CASE WHEN d.author_id > 1 THEN d.author_id END) = :author
