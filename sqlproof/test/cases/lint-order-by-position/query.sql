SELECT id, added_at FROM books ORDER BY 2, id
