SELECT id, name FROM authors WHERE born = :born UNION ALL SELECT id, isbn FROM books WHERE lent = :lent
