SELECT author_id, lent, COUNT(*) AS n FROM books GROUP BY author_id, lent HAVING (:author IS NULL OR author_id = :author) ORDER BY lent, author_id
