INSERT INTO books (isbn, title, added_at) VALUES (:isbn, :title, '2024-01-15')
