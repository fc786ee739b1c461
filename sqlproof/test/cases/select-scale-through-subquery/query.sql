SELECT (SELECT MAX(price) FROM books) + 1 AS v FROM authors
