UPDATE authors SET born = (SELECT MAX(added_at) FROM books)
