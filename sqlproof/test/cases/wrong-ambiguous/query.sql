SELECT id FROM books JOIN authors ON authors.id = books.author_id
