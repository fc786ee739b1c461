SELECT COALESCE(author_id, 'none') AS author FROM books
