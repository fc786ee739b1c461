SELECT id FROM books WHERE weight > 0.5
