SELECT DISTINCT :label::text AS label FROM books ORDER BY label LIMIT 10 OFFSET 1
