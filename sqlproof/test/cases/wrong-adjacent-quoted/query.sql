SELECT id FROM books WHERE isbn = 'a' "b"
