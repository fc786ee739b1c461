INSERT INTO books (isbn, title, added_at, reads_total) SELECT isbn || '+', title, added_at, weight FROM books WHERE id = :id
