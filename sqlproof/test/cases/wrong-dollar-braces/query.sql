SELECT id FROM books WHERE id = ${id}
