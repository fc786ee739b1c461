SELECT ROUND(weight) AS w FROM books
