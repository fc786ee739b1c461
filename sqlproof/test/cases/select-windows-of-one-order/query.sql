SELECT id, COUNT(*) OVER (ORDER BY id) AS n, SUM(price) OVER (ORDER BY id) AS total, ROW_NUMBER() OVER (ORDER BY id) AS place FROM books WHERE (:id::integer? IS NULL OR id = :id)
