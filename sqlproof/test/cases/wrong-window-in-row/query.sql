SELECT id, (SUM(id) OVER (PARTITION BY id), 1) = (id, 1) AS v FROM books
