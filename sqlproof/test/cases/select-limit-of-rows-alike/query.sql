SELECT 1 AS found, author_id + 1 AS next FROM books WHERE author_id = :author AND price > :price LIMIT 1
