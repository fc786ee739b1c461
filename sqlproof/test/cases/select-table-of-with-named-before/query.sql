WITH books AS (SELECT id FROM authors), q AS (SELECT id FROM books) SELECT id FROM q
