SELECT id FROM books WHERE author_id NOT IN (:authors...) AND id IN (:ids...) AND isbn NOT IN ('a', 'b')
