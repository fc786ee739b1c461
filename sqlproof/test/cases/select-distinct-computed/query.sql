SELECT DISTINCT unborn FROM books b LEFT JOIN (SELECT id, CASE WHEN born IS NULL THEN 1 ELSE 0 END AS unborn FROM authors) AS x ON x.id = b.author_id ORDER BY unborn IS NULL, unborn
