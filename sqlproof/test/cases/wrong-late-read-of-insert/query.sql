INSERT INTO shelves (code) SELECT SUBSTR(b.isbn, 1, 4) FROM books b WHERE CHAR_LENGTH(b.isbn) > 3 AND (b.lent OR EXISTS (SELECT 1 FROM (SELECT MAX(s.id) AS id FROM shelves s) AS q WHERE q.id > 3))
