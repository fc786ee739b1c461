SELECT id FROM books WHERE isbn = "abc"
