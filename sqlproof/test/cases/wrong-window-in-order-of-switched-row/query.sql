SELECT id, COUNT(*) OVER (PARTITION BY price) AS equal FROM books WHERE (:id::integer? IS NULL OR id = :id) ORDER BY SUM(price) OVER (PARTITION BY id, price), id
