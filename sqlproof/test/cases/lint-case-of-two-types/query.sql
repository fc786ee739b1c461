SELECT CASE WHEN lent THEN id ELSE 'no' END AS answer FROM books
