SELECT id FROM books WHERE price > :p::double
