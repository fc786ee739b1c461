SELECT author_id IN (SELECT shelf_id FROM places) AS is_shelf FROM books WHERE author_id = :author GROUP BY author_id
