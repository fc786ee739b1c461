SELECT b.author_id, c.isbn FROM books b LEFT JOIN books c ON c.author_id = b.author_id AND c.id > :from AND c.id < :to ORDER BY b.author_id, c.isbn
