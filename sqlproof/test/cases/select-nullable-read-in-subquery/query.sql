WITH q AS (SELECT id, NULLIF(1, author_id) AS other FROM books) SELECT a.id, (SELECT q.other FROM shelves ORDER BY shelves.id LIMIT 1) AS first FROM authors a LEFT JOIN q ON q.id = a.id
