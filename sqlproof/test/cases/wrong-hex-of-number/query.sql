SELECT id, HEX(id) AS h, HEX(title) AS g FROM books
