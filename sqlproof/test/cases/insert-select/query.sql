INSERT INTO books (isbn, author_id, title, added_at) SELECT :isbn, id, :title, :added_at FROM authors WHERE name = :name
