INSERT INTO books (isbn, title, added_at, reads_total) VALUES (:isbn, :title, :added_at, 'many')
