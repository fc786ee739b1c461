SELECT DISTINCT COUNT(*) + 1 AS n, lent AS l FROM books GROUP BY lent, author_id
