SELECT id FROM books ORDER id
