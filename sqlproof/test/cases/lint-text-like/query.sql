SELECT id FROM books WHERE title LIKE :pattern
