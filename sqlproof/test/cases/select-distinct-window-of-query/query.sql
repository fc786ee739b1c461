SELECT DISTINCT q.v, q.w FROM (SELECT DENSE_RANK() OVER (ORDER BY b.id) AS v, (SELECT MAX(a.id) FROM authors a WHERE :all::boolean OR a.id = b.author_id) AS w FROM books b) AS q
