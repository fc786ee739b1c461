SELECT id FROM books WHERE SUBSTR(title, 1, 3) = 'Ann'
