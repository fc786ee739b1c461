SELECT DISTINCT q.price FROM authors a, (SELECT price FROM books WHERE id IN (:ids...) GROUP BY price, isbn) q ORDER BY q.price LIMIT 10 OFFSET 1
