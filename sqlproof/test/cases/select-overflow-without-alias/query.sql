SELECT id * id * id - id * id * id, author_id FROM books
