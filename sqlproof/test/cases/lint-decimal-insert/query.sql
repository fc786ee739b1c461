INSERT INTO books (isbn, title, added_at, price) VALUES (:isbn, :title, :added_at, 5)
