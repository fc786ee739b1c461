SELECT MAX(a.mark) OVER (ORDER BY b.id) AS mark FROM books AS b LEFT JOIN (SELECT id, 'x' AS mark FROM authors) AS a ON a.id = b.author_id
