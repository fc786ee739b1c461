INSERT INTO books (isbn, author_id, title, price, lent, added_at, cover) VALUES (:isbn, :author_id, :title, :price, :lent, :added_at, :cover)
