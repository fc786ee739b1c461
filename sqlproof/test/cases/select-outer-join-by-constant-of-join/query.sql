SELECT b.id, s.code FROM books b LEFT JOIN (SELECT id, 3 AS shelf_id FROM authors) AS x ON x.id = b.author_id LEFT JOIN shelves s ON s.id = x.shelf_id
