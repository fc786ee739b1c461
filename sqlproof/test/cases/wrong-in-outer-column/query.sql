SELECT id FROM books b WHERE price NOT IN (SELECT b.price FROM authors)
