INSERT INTO books (isbn, title) VALUES (:isbn, :title)
