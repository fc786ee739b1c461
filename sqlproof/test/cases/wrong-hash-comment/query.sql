SELECT id FROM books # all of them
