SELECT DISTINCT b.lent, a.born FROM books b LEFT JOIN authors a ON a.id = b.author_id AND NOT (:unnamed OR b.id = 5) ORDER BY b.lent, a.born
