SELECT DISTINCT b.price FROM authors a, books b WHERE b.id IN (:ids...) ORDER BY b.price LIMIT 10 OFFSET 1
