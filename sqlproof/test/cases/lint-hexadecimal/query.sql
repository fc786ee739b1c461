SELECT id FROM books WHERE isbn = x'41'
