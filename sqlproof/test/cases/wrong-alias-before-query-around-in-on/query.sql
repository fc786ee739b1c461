SELECT id FROM authors WHERE id IN (SELECT b.author_id AS born FROM books b JOIN books c ON born > '2000-01-01')
