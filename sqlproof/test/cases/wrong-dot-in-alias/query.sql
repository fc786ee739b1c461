SELECT a.code FROM (SELECT id AS "b.x", code FROM shelves) AS a JOIN (SELECT author_id AS x, isbn FROM books) AS "a.b" ORDER BY "a.b".x LIMIT 3
