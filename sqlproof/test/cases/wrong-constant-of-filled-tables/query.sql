SELECT b.lent FROM authors a JOIN books b ON b.author_id = a.id AND b.lent = 1 RIGHT JOIN places p ON p.id = b.id LIMIT 3
