SELECT (SELECT MAX(price) FROM books) + deposit AS v FROM books
