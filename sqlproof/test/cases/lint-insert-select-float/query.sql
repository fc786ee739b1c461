INSERT INTO books (isbn, title, added_at, reads_total) SELECT SUBSTR(isbn || '+', 1, 13), title, added_at, weight FROM books WHERE id = :id
