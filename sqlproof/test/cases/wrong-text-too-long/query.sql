INSERT INTO books (isbn, title, added_at) VALUES ('12345678901234', :title, :added_at)
