SELECT CAST(price AS INTEGER) AS whole FROM books
