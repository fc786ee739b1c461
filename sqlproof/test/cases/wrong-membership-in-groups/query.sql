SELECT author_id, MIN(price) AS least, author_id IN (SELECT shelf_id FROM places) AS is_shelf FROM books GROUP BY author_id
