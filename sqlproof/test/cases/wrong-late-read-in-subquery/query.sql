UPDATE books SET deposit = 5 WHERE author_id IN (SELECT a.id FROM authors a WHERE a.id < 3 OR NOT EXISTS (SELECT 1 FROM (SELECT MAX(b.id) AS id FROM books b WHERE b.deposit = 5) AS q WHERE q.id > 1))
