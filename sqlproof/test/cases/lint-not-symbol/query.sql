SELECT id FROM books WHERE !lent
