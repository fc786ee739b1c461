SELECT b.id FROM books b LEFT JOIN authors a ON EXISTS (SELECT 1 FROM books WHERE books.author_id = a.id)
