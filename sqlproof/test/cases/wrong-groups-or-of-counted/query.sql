SELECT author_id, COUNT(DISTINCT reads_total) AS n FROM books WHERE (author_id <= 8 OR reads_total >= 6) AND reads_total > 2 GROUP BY author_id
