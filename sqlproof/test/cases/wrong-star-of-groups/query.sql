SELECT b.*, COUNT(*) AS written FROM books b JOIN authors a ON a.id = b.author_id GROUP BY b.id ORDER BY b.id
