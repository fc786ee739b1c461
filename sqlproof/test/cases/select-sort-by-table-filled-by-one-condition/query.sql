SELECT a.born, b.isbn FROM authors a LEFT JOIN books b ON b.author_id = a.id AND b.added_at >= :from ORDER BY a.born, b.isbn
