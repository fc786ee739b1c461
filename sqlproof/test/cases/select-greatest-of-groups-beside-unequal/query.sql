SELECT author_id, MAX(reads_total) AS reads_total FROM books WHERE reads_total <> 3 GROUP BY author_id
