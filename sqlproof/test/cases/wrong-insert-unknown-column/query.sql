INSERT INTO books (isbn, titel, added_at) VALUES (:isbn, :title, :added_at)
