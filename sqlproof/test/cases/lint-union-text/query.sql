SELECT title FROM books UNION SELECT nickname FROM authors
