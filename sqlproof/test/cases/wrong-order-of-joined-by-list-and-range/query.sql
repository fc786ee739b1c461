SELECT a.id, b.isbn FROM authors a LEFT JOIN books b ON b.author_id = a.id AND b.isbn IN ('x', 'y') AND b.isbn > :isbn ORDER BY a.born, b.isbn, a.id
