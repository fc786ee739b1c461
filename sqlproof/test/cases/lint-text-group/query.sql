SELECT title, COUNT(*) AS n FROM books GROUP BY title
