SELECT a.id FROM authors AS a WHERE a.id IN (SELECT author_id AS born FROM books WHERE a.born > '2000-01-01')
