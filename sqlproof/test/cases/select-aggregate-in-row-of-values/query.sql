SELECT id, (id, COUNT(*)) = (:id, 1) AS v FROM books GROUP BY id
