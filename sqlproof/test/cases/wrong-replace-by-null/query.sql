SELECT REPLACE(isbn, '-', nickname) AS i FROM books JOIN authors ON authors.id = author_id
