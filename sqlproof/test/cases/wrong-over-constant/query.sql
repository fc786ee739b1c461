SELECT id, COUNT(*) OVER (PARTITION BY 'x' ORDER BY :d::date) AS n FROM books
