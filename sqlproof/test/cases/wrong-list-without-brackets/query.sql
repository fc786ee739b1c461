SELECT id FROM books WHERE id IN :ids
