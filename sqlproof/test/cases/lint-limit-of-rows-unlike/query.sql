SELECT 1 AS found, isbn FROM books WHERE author_id = :author LIMIT 1
