SELECT NULLIF(2.5, weight) AS w FROM books
