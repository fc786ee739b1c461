SELECT id, COUNT(*) OVER (PARTITION BY price) AS equal, ROW_NUMBER() OVER (ORDER BY price DESC, id) AS place FROM books WHERE (:id::integer? IS NULL OR id = :id)
