SELECT id FROM books WHERE price > :least::text
