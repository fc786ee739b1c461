SELECT id, CHAR_LENGTH(cover) AS s FROM books
