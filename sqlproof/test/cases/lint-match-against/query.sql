SELECT id FROM books WHERE MATCH (title) AGAINST (:q)
