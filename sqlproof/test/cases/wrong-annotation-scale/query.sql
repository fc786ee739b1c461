SELECT id FROM books WHERE price > :least::decimal(2)
