SELECT q.book FROM (SELECT b.id AS book FROM books b) AS q WHERE q.book > :least ORDER BY q.book IN (SELECT a.id FROM authors a), q.book
