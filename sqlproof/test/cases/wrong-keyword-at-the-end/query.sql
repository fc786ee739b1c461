SELECT id FROM books offset
