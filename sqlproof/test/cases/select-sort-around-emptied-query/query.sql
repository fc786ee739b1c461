SELECT q.born, q.isbn FROM (SELECT a.born, b.isbn FROM authors a LEFT JOIN books b ON b.author_id = a.id AND b.id > :from AND b.id < :to) AS q ORDER BY q.born, q.isbn
