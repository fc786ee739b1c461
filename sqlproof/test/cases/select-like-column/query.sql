SELECT id FROM books WHERE isbn LIKE isbn AND TRIM(isbn) LIKE :pattern ESCAPE '!'
