SELECT id FROM books WHERE isbn = 5
