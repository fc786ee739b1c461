SELECT id, CASE WHEN id > 3 THEN author_id IN (SELECT b.author_id FROM books b) END AS known FROM books
