SELECT id, LENGTH(cover) AS n, HEX(cover) AS h FROM books
