SELECT id, :mark::text AS mark FROM books
