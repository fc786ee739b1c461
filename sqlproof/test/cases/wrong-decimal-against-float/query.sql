SELECT author_id FROM books GROUP BY author_id HAVING SUM(reads_total) = :total::double
