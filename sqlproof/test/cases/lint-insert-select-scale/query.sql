INSERT INTO books (isbn, title, added_at, price) SELECT :isbn, title, added_at, deposit FROM books WHERE id = :id
