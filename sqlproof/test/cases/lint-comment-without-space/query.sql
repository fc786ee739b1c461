SELECT id--1
FROM books
