SELECT 'a' 'b' FROM books
