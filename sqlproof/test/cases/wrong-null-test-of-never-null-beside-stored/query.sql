SELECT MIN(a.id) AS v FROM authors a JOIN (SELECT MAX(id) AS id, COUNT(*) AS n FROM books) AS q ON q.n = CASE WHEN COALESCE(a.born, '2000-01-01') IS NULL THEN 1 ELSE 0 END AND q.id = :id
