SELECT id FROM authors WHERE id IN (SELECT author_id AS born FROM books WHERE born > '2000-01-01')
