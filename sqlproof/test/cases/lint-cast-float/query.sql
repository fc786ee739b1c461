SELECT CAST(weight AS INTEGER) AS whole FROM books
