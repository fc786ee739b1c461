SELECT CASE WHEN lent THEN id END AS answer FROM books
