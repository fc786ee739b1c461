SELECT b.lent FROM authors a LEFT JOIN (books b JOIN places p ON p.id = b.id AND b.lent = 1) ON b.author_id = a.id LIMIT 3
