SELECT a.id, (SELECT MAX(b.price) FROM books b WHERE b.author_id = a.id AND b.price > :least) AS dearest FROM authors a
