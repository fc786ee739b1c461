SELECT id, COALESCE(NULLIF(0.5, deposit), 1.00) AS share FROM books
