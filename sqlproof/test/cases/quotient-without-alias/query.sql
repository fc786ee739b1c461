SELECT id, author_id / 7, ROUND(price / 3, 2) FROM books WHERE author_id IS NOT NULL ORDER BY id
