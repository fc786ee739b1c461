SELECT id FROM books WHERE group = 1
