SELECT author_id, COUNT(*) AS n, SUM(COUNT(*)) OVER (ORDER BY author_id) AS running, ROUND(COUNT(*) / SUM(COUNT(*)) OVER (), 2) AS part FROM books GROUP BY author_id
