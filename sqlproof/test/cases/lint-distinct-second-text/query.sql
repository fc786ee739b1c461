SELECT DISTINCT author_id, title FROM books
