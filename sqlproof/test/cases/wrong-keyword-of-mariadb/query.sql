SELECT title AS lines FROM books
