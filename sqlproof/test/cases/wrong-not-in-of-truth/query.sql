SELECT id FROM books WHERE reads_total NOT IN (SELECT author_id = 1 FROM books)
