SELECT LENGTH(isbn) AS l FROM books
