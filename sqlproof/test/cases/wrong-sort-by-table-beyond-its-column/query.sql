SELECT a.born, b.isbn FROM authors a LEFT JOIN books b ON b.author_id = a.id AND b.id = :book ORDER BY a.born, b.isbn
