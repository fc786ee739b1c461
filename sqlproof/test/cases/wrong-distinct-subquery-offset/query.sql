SELECT DISTINCT b.price FROM authors a, books b WHERE b.price = (SELECT MAX(price) FROM books) ORDER BY b.price LIMIT 10 OFFSET 1
