SELECT id FROM books WHERE isbn = ':isbn'
