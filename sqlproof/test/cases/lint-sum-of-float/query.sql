SELECT SUM(weight) AS w FROM books
