SELECT author_id, CASE WHEN COUNT(*) = SUM(reads_total) THEN NULL ELSE COUNT(*) END AS other, NULLIF(SUM(reads_total), 0) AS readers FROM books GROUP BY author_id
