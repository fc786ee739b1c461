SELECT author_id, NULLIF(COUNT(*), SUM(reads_total)) AS other FROM books GROUP BY author_id
