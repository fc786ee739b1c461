SELECT id FROM books WHERE isbn = 'open
