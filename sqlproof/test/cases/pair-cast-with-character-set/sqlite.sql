SELECT id, isbn AS i FROM books ORDER BY id
