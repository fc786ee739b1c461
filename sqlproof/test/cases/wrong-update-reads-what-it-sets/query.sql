UPDATE books SET author_id = :author, title = COALESCE((SELECT a.name FROM authors AS a WHERE a.id = books.author_id), '') WHERE author_id IS NOT NULL
