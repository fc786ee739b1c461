SELECT TRIM(isbn || 'x' FROM isbn) AS t FROM books
